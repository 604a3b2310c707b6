"""Random calls that write files into one snapshot. A seed gives the same calls again."""

import json

from databases import call
from randomness import Random

PATHS = ["a.py", "b.py", "src/a.py", "src/b.py", "src/c.py", "z.py"]
CONTENTS = [f"content {i}\n" for i in range(12)]
FQNS = [f"m{i}.f" for i in range(15)]
KINDS = ["function", "class", "unknown"]


class History:
    """Random calls that change the files under a prefix, so that those of two histories commute."""

    def __init__(self, seed, prefix=""):
        self.random, self.prefix = Random(seed), prefix

    def path(self):
        return self.prefix + self.random.choice(PATHS)

    def chunk(self):
        r = self.random
        return {"content": r.choice(CONTENTS), "fqn": r.choice(FQNS), "kind": r.choice(KINDS), "start_line": r.randint(1, 5)}

    def file(self, path):
        r = self.random
        if r.random() < 0.2:
            return {"file_path": path, "deleted": True}
        chunks = [self.chunk() for _ in range(r.randrange(4))]
        dependencies = [{"from_fqn": chunk["fqn"], "to_fqn": r.choice(FQNS + ["external." + r.choice(PATHS)])} for chunk in chunks]
        return {"file_path": path, "chunks": chunks, "dependencies": dependencies}

    def next_call(self, repo, snapshot):
        r = self.random
        kind = r.randrange(10)
        if kind < 6:
            paths = r.sample([self.prefix + path for path in PATHS], r.randint(1, 4))
            return call("cg_replace_files", repo, snapshot, snapshot, json.dumps([self.file(path) for path in paths]))
        if kind < 8:
            chunks = [{**self.chunk(), "file_path": self.path()} for _ in range(r.randint(1, 3))]
            return call("cg_save_chunks", repo, snapshot, json.dumps(chunks))
        if kind == 8:
            return call(r.choice(["cg_soft_delete_file_chunks", "cg_restore_file_chunks"]), repo, snapshot, self.path())
        return call("cg_update_file_metadata", repo, snapshot, self.path(), r.choice(["hash 1", "hash 2"]))
