"""Facts: what the association has answered as Parquet files, one wide row a response, brought up to date bit by bit."""
