"""Pages of series: values by country and year."""
