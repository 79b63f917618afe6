-- What the release gate answered. An answer is named by what it says (a hash of its text), so that the same question
-- about the same moment has one answer, whoever asks and however often.
create table gate_answer (
  component text not null,
  id text not null,
  environment text not null,
  commit text,
  at timestamptz not null,       -- the moment it was asked about, and by which everything in it was known
  verdict text not null,         -- go | hold | could_not
  overridden boolean not null,
  answer text not null,          -- as it was given, byte for byte, with the evidence it saw
  primary key (component, id)
);
create index gate_answer_at on gate_answer (component, environment, at);
create index gate_answer_id on gate_answer (id);

-- Who asked, when.
create table gate_ask (
  component text not null,
  answer text not null,
  at timestamptz not null,
  person text not null
);
create index gate_ask_at on gate_ask (component, at);
create index gate_ask_answer on gate_ask (answer);
