"""What several rules mean by the same word: colours, words, links, headings, languages."""
