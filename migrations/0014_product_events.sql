-- Who did what first and when again, now and as it was known at any moment, told by the index alone: cohorts of a million
-- events are asked of the records themselves (decision 0023).
create index evidence_product_event_actor on evidence_product_event (subject, name, actor, at) include (learned_from, learned_to, retracted);

-- Records deleted because they told of nothing but somebody who was erased: how many of which day, so that totals explain
-- their gap. Whose they were is told nowhere.
create table erased_record (
  subject text not null,
  kind text not null,
  source text not null,
  day date not null,
  records bigint not null,
  primary key (subject, kind, source, day)
);
