-- What is read from connected systems by ourselves: one row for each list on the other side. Where it goes on stands
-- beside what it brought, and both are written in one transaction.
create table pull (
  connection text not null,
  stream text not null,          -- as its source names it: "acme/shop pulls"
  state text not null,           -- open | done | paused | failed
  cursor json,                   -- where to go on; null: at the beginning of a round
  since timestamptz not null,    -- how far back the first round reads
  round_since timestamptz not null, -- how far back this round reads
  round_at timestamptz,          -- when this round began; the next one reads from here on
  due_at timestamptz,            -- when there is something to do; null: never again by itself
  why text,                      -- why it waits until then
  pages bigint not null default 0,
  records bigint not null default 0,   -- records that were read, known ones included
  total bigint,                  -- things there are to read, where the other side says so
  reached_at timestamptz,        -- how far back it has come
  attempts integer not null default 0, -- failures in a row
  error json,                    -- {at, code, message, fix}
  started_at timestamptz,
  finished_at timestamptz,       -- when the first round was through
  holder text,                   -- the process that reads it now; only it may write how far it came
  held_until timestamptz,
  primary key (connection, stream)
);
create index pull_due on pull (due_at) where due_at is not null;
