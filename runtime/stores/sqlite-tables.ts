import type { Database } from './database.ts'
import { DECISIONS } from './sqlite-decisions.ts'
import { migrate } from './sqlite-migrations.ts'
import { unavailable } from './unavailable.ts'

const TABLES = `
  create table if not exists instances (
    instance text primary key, version integer not null, state text not null,
    process text not null, process_name text not null, office text not null, status text not null,
    number text not null, subject text not null, search text not null,
    started_at text not null, changed_at text not null, calendar text
  );
  create index if not exists instances_calendar on instances (office, calendar, instance)
    where calendar is not null;
  create index if not exists instances_changed on instances (changed_at, instance);
  create index if not exists instances_number on instances (number);
  create index if not exists instances_office on instances (office, changed_at, instance);

  create table if not exists commits (
    instance text not null, before integer not null, after integer not null,
    at text not null, by text not null, command text not null, events text not null,
    primary key (instance, before)
  );

  ${DECISIONS}

  create table if not exists removals (
    instance text primary key, removed_at text not null, removal text not null
  ) without rowid;

  create table if not exists effects (
    number integer primary key, id text not null unique,
    instance text not null, effect text not null, created_at text not null
  );

  create table if not exists tasks (
    instance text not null, token text not null, rank text not null,
    process text not null, element text not null, name text not null,
    office text not null, unit text not null, role text, since text not null, due_at text,
    number text not null, subject text not null, process_name text not null,
    owners text, follow_up_at text, priority real not null default 50,
    assignee text, assignee_name text, owner text, owner_name text,
    barred text not null default '[]',
    primary key (instance, token)
  ) without rowid;
  create index if not exists tasks_unit on tasks (unit, rank, instance, token);
  create index if not exists tasks_role on tasks (unit, role, rank, instance, token);

  create index if not exists tasks_assignee on tasks (unit, assignee, rank, instance, token)
    where assignee is not null;

  create table if not exists task_owners (
    instance text not null, token text not null, name text not null,
    unit text not null, rank text not null,
    primary key (instance, token, name)
  ) without rowid;
  create index if not exists task_owners_name on task_owners (unit, name, rank, instance, token);

  create table if not exists incidents (
    instance text not null, token text not null, element text not null, name text not null,
    office text not null, code text not null, message text not null, since text not null,
    number text not null, subject text not null,
    primary key (instance, token)
  ) without rowid;
  create index if not exists incidents_since on incidents (since, instance, token);
  create index if not exists incidents_office on incidents (office, since, instance, token);

  create table if not exists waits (
    instance text not null, subscription text not null, message text not null, key text not null,
    primary key (instance, subscription)
  ) without rowid;
  create index if not exists waits_message on waits (message, key);

  create table if not exists buffered (
    number integer primary key, id text not null unique, message text not null, key text not null,
    variables text not null, until text not null, taken integer not null default 0
  );
  create index if not exists buffered_message on buffered (message, key);
  create index if not exists buffered_until on buffered (until);

  create table if not exists buffered_keys (
    publication text not null, key text not null, primary key (publication, key)
  ) without rowid;

  create table if not exists data_entries (
    unit text not null, store text not null, key text not null, value text, version integer not null,
    primary key (unit, store, key)
  ) without rowid;

  create table if not exists received (
    publication text not null, instance text not null, primary key (publication, instance)
  ) without rowid;

  create table if not exists conditions (
    condition text primary key, holds integer not null, times integer not null
  ) without rowid;
`

/**
 * Makes the tables of the store that are missing, and prepares its statements.
 *
 * @throws StoreUnavailable
 */
export function openTables(database: Database): ReturnType<typeof prepareAll> {
  try {
    migrate(database)
    database.exec(TABLES)
    return prepareAll(database)
  } catch (error) {
    throw unavailable(error)
  }
}

function prepareAll(database: Database) {
  const prepare = (text: string) => database.prepare(text)
  return {
    load: prepare('select state from instances where instance = ?'),
    addInstance: prepare(
      'insert or ignore into instances values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
    ),
    changeInstance: prepare(
      `update instances set version = ?, state = ?, process_name = ?, status = ?, number = ?,
         subject = ?, search = ?, changed_at = ?, calendar = ? where instance = ? and version = ?`
    ),
    addCommit: prepare('insert into commits values (?, ?, ?, ?, ?, ?, ?)'),
    addDecision: prepare('insert into decisions values (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    removeDecisions: prepare('delete from decisions where instance = ?'),
    history: prepare('select * from commits where instance = ? order by before'),
    addEffect: prepare(
      'insert into effects (id, instance, effect, created_at) values (?, ?, ?, ?)'
    ),
    pending: prepare('select instance, effect, created_at from effects order by number'),
    removeInstance: prepare('delete from instances where instance = ?'),
    removeCommits: prepare('delete from commits where instance = ?'),
    removeEffects: prepare('delete from effects where instance = ?'),
    removeReceived: prepare('delete from received where instance = ?'),
    addRemoval: prepare('insert or ignore into removals values (?, ?, ?)'),
    isRemoved: prepare('select 1 from removals where instance = ?'),
    removals: prepare('select removal from removals order by removed_at desc, instance limit ?'),
    settle: prepare('delete from effects where id = ?'),
    clearTasks: prepare('delete from tasks where instance = ?'),
    clearOwners: prepare('delete from task_owners where instance = ?'),
    clearIncidents: prepare('delete from incidents where instance = ?'),
    clearWaits: prepare('delete from waits where instance = ?'),
    addTask: prepare(
      `insert into tasks (instance, token, rank, process, element, name, office, unit, role, since,
         due_at, number, subject, process_name, owners, follow_up_at, priority, assignee,
         assignee_name, owner, owner_name, barred)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
    ),
    addOwner: prepare('insert into task_owners values (?, ?, ?, ?, ?)'),
    addIncident: prepare('insert into incidents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    addWait: prepare('insert into waits values (?, ?, ?, ?)'),
    calendarsInUse: prepare(
      'select distinct office, calendar from instances where calendar is not null'
    ),
    restingOn: prepare(
      `select instance from instances where office = ? and calendar = ? and instance > ?
       order by instance limit ?`
    ),
    anyWaits: prepare('select 1 from waits where message = ? and key = ? limit 1'),
    subscribers: prepare(
      `select instance, subscription, message, key from waits
       where message = ? and key = ?
         and not exists (select 1 from received r where r.publication = ? and r.instance = waits.instance)
         and not exists (select 1 from buffered b where b.id = ?)
       order by instance, length(subscription), subscription`
    ),
    keep: prepare(
      `insert or ignore into buffered (id, message, key, variables, until) select ?, ?, ?, ?, ?
       where not exists (select 1 from received where publication = ?)`
    ),
    buffered: prepare('select taken from buffered where id = ?'),
    takeBuffered: prepare('update buffered set taken = 1 where id = ?'),
    condition: prepare('select holds, times from conditions where condition = ?'),
    noteCondition: prepare(
      `insert into conditions values (@condition, @holds, @holds)
       on conflict (condition) do update set
         times = times + (excluded.holds > holds), holds = excluded.holds`
    ),
    received: prepare('select 1 from received where publication = ? and instance = ?'),
    addReceived: prepare('insert into received values (?, ?)'),
    forgetReceived: prepare('delete from received where publication = ?'),
    correlations: prepare(
      `select instance, subscription, id, message, key, variables, until from (
         select w.instance, w.subscription, w.key, b.id, b.message, b.variables, b.until, b.number, b.taken
         from buffered b join waits w on w.message = b.message and w.key = b.key
         union all
         select w.instance, w.subscription, w.key, b.id, b.message, b.variables, b.until, b.number, b.taken
         from buffered_keys k join buffered b on b.id = k.publication
         join waits w on w.message = b.message and w.key = k.key
       )
       where taken = 0 and until > ? and (? is null or instance = ?)
       order by number, key like '*%', instance, length(subscription), subscription`
    ),
    dataEntry: prepare(
      'select value, version from data_entries where unit = ? and store = ? and key = ?'
    ),
    dataSize: prepare('select count(value) as size from data_entries where unit = ? and store = ?'),
    // an entry that is taken out keeps its version, so that nobody takes a new one for it
    writeData: prepare(
      `insert into data_entries (unit, store, key, value, version) values (?, ?, ?, ?, 1)
       on conflict do update set value = excluded.value, version = version + 1`
    ),
    expired: prepare('select 1 from buffered where until <= ? limit 1'),
    forgetExpired: prepare('delete from buffered where until <= ?'),
    keepKey: prepare('insert or ignore into buffered_keys values (?, ?)'),
    forgetKeys: prepare(
      'delete from buffered_keys where publication not in (select id from buffered)'
    )
  }
}
