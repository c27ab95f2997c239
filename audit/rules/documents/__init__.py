"""Rules about documents: PDF, Word, PowerPoint, Excel and EPUB."""
