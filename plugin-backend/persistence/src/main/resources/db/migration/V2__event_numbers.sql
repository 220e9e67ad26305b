-- How far the events that we add at a site's manager are numbered; a number is never used twice.

create table event_numbers (
  site text not null primary key,
  last integer not null
);
