"""Files → their shards, by a cluster: batches of files go to whoever works there, heads of shards come back.

```
order     what a worker must have, wherever it runs: settings, decisions, the content of the user's lexicons and model
batches   files → batches, each a task that may be done twice
task      a batch → the heads of its shards, read by a process that the worker owns
arriving  heads → shards in the graph folder, in the order of the files
dask, spark   who hands out the tasks
```
"""
