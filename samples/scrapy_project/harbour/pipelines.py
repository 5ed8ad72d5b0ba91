"""What happens to items once they are cleaned."""

from typing import Any


class DropPage:
    """Takes the page out of the item: from here on, only its text is wanted."""

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return the item without its page."""
        del item["html"]
        return item
