"""PostgreSQL servers of a test's own, beside the one that the PG* variables name."""

import os
import pathlib
import shutil
import subprocess
import tempfile


class Server:
    """A server in a folder of its own, reached through a socket in that folder. It runs as postgres when this runs as
    root, and is gone after `remove`."""
    ports_given = 0

    def __init__(self):
        pg_config = os.environ.get("PG_CONFIG", "/usr/lib/postgresql/15/bin/pg_config")
        self.programs = pathlib.Path(subprocess.check_output([pg_config, "--bindir"], text=True).strip())
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.port = 20000 + os.getpid() % 20000 + Server.ports_given
        Server.ports_given += 1
        self.owner = "postgres" if os.geteuid() == 0 else None
        if self.owner:
            shutil.chown(self.folder, self.owner, self.owner)

    def run(self, program, *arguments, **environment):
        as_owner = {"user": self.owner, "group": self.owner, "extra_groups": []} if self.owner else {}
        subprocess.run([self.programs / program, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL,
                       env={**os.environ, **environment}, **as_owner)

    def initialise(self):
        """Makes a new cluster, whose superuser has the name that PGUSER has."""
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", os.environ.get("PGUSER", "postgres"), "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync")

    def copy_running_server(self):
        """Makes a standby of the server that the PG* variables name."""
        self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast")
        self.forget_configuration()

    def copy_backup(self, backup):
        """Takes a base backup that lies in a folder."""
        shutil.copytree(backup, self.data)
        if self.owner:
            subprocess.run(["chown", "-R", f"{self.owner}:{self.owner}", self.data], check=True)
        self.data.chmod(0o700)
        self.forget_configuration()

    def forget_configuration(self):
        """Replaces the configuration files, which may be outside of the other server's data folder and then are not
        in the copy."""
        for name, text in (("postgresql.conf", ""), ("pg_ident.conf", ""), ("pg_hba.conf", "local all all trust\n"
                                                                            "local replication all trust\n")):
            (self.data / name).write_text(text, encoding="utf-8")

    def start(self, *settings):
        """Starts the server with lines that are added to its configuration, and waits until it answers."""
        with open(self.data / "postgresql.auto.conf", "a", encoding="utf-8") as file:
            file.write("\n".join([f"port = {self.port}", "listen_addresses = ''",
                                  f"unix_socket_directories = '{self.folder}'", "fsync = off", *settings, ""]))
        if self.owner:
            for path in self.data.glob("*.conf"):
                shutil.chown(path, self.owner, self.owner)
        try:
            self.run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "start")
        except subprocess.CalledProcessError:
            print(self.log.read_text(encoding="utf-8"))
            raise

    def environment(self, database):
        """Returns the variables by which programs of PostgreSQL find a database of this server."""
        return {"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGDATABASE": database}

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def remove(self):
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
