"""What is on record if no record meets all conditions of a question: records that meet all but one or two of them."""
