-- Our tables are found wherever the extension lives, and kept plans notice when it moves, in one session.
\ir checks.psql
DROP EXTENSION codegraph;
CREATE SCHEMA "Odd ""name";
CREATE EXTENSION codegraph SCHEMA "Odd ""name";
SELECT pg_temp.check_equal('schema: a name that needs quotes', 'r', "Odd ""name".cg_save_repository('r'));
SELECT pg_temp.check_equal('schema: a snapshot there', 's', "Odd ""name".cg_create_snapshot('r', 's'));

ALTER SCHEMA "Odd ""name" RENAME TO renamed;
SELECT pg_temp.check_equal('schema: renamed, it is the same store', '42704',
                           left(pg_temp.outcome($$SELECT renamed.cg_create_snapshot('q', 's')$$), 5));
SELECT pg_temp.check_equal('schema: writing goes on in it', 't', renamed.cg_create_snapshot('r', 't'));
CREATE SCHEMA "Odd ""name";
SELECT pg_temp.check_equal('schema: a new one of the old name does not matter', 'u', renamed.cg_create_snapshot('r', 'u'));

-- Within one PL/pgSQL block, whose own plans of the calls live on.
DO $$ BEGIN
    FOR i IN 1..3 LOOP
        PERFORM renamed.cg_create_snapshot('r', 'in ' || i);
        ALTER SCHEMA renamed RENAME TO elsewhere;
        EXECUTE $q$SELECT elsewhere.cg_create_snapshot('r', 'also')$q$;
        ALTER SCHEMA elsewhere RENAME TO renamed;
    END LOOP;
END $$;
SELECT pg_temp.check_equal('schema: renamed back and forth in a block', '7 snapshots', count(*) || ' snapshots')
FROM renamed.codegraph_snapshots;

DROP EXTENSION codegraph;
CREATE EXTENSION codegraph SCHEMA renamed;
SELECT pg_temp.check_equal('schema: dropped and made again it is empty', '42704',
                           left(pg_temp.outcome($$SELECT renamed.cg_create_snapshot('r', 's')$$), 5));
SELECT pg_temp.check_equal('schema: and works', 'r', renamed.cg_save_repository('r'));
DROP EXTENSION codegraph;
CREATE EXTENSION codegraph SCHEMA public;
SELECT pg_temp.check_equal('schema: and in another schema', 'r', cg_save_repository('r'));
DISCARD PLANS;
SELECT pg_temp.check_equal('schema: DISCARD PLANS', 's', cg_create_snapshot('r', 's'));

-- A trigger on our table that renames the schema and calls us inside a call whose plan is running.
CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.repo_id <> 'outer' THEN RETURN NEW; END IF;
    ALTER SCHEMA public RENAME TO meddled;
    PERFORM meddled.cg_save_repository('inner');
    ALTER SCHEMA meddled RENAME TO public;
    PERFORM public.cg_save_repository('inner 2');
    RETURN NEW;
END $$;
CREATE TRIGGER meddle AFTER INSERT ON codegraph_repositories FOR EACH ROW EXECUTE FUNCTION meddle();
SELECT pg_temp.check_equal('schema: renamed by a trigger inside a call', 'ok', pg_temp.outcome($$SELECT cg_save_repository('outer')$$));
SELECT pg_temp.check_equal('schema: all three were saved', 'inner,inner 2,outer,r', string_agg(repo_id, ',' ORDER BY repo_id))
FROM codegraph_repositories;
SELECT 'ok schema: reached the end';
