"""What an audit costs: beside other tools on the same pages, and after one edit of a whole site."""
