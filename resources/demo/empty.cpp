// A library needs a translation unit; this one exists to carry the words of the demo book.
