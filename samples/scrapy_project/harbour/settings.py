"""Settings of the project: what is newsfilter's stands at the end."""

BOT_NAME = "harbour"
SPIDER_MODULES = ["harbour"]
ROBOTSTXT_OBEY = True
LOG_LEVEL = "INFO"

ITEM_PIPELINES = {
    "filter.integrations.scrapy.NewsfilterPipeline": 300,
    "harbour.pipelines.DropPage": 400,
}
NEWSFILTER_WORKERS = 2
NEWSFILTER_TIMEOUT = 20.0
