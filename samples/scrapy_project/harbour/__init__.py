"""A Scrapy project that keeps articles and nothing else."""
