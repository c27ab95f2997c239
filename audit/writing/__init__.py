"""What authors wrote: the Markdown sources, and the rules' view of them."""
