-- What a phone system's records can't mean (DOMAIN.md C22): calls that are marked so, and what a whole feed shows.
create index call_impossible on call (firm_id, started_at desc, id desc)
    where flags ~ '(leg-longer-than-call|too-long|closed-early|overlap|clock-moved)';

create table feed_finding (
    firm_id uuid not null,
    file_id uuid not null,
    no int not null,
    -- MISSING_HOURS: none of the calls that other weeks have; CLOCK_SET_BACK: from_at is shown again after to_at;
    -- CLOCK_AHEAD: records end at to_at, later than the file came.
    kind text not null constraint feed_finding_kind check (kind in ('MISSING_HOURS', 'CLOCK_SET_BACK', 'CLOCK_AHEAD')),
    from_at timestamptz not null,
    to_at timestamptz not null,
    -- Where in the file it begins; null of what is not in it.
    line_no bigint,
    -- Calls of each hour in other weeks, rounded down; null where it does not matter.
    usual int,
    constraint feed_finding_pk primary key (firm_id, file_id, no),
    constraint feed_finding_file foreign key (firm_id, file_id) references intake_file,
    constraint feed_finding_order check (from_at <= to_at)
);
call protect_firm_table('feed_finding', 'select, insert, delete');

-- Who is billed when a call is passed on (DOMAIN.md D10).
alter table firm
    add column transfer_billing text not null default 'EACH_OWN'
        constraint firm_transfer_billing check (transfer_billing in ('EACH_OWN', 'LONGEST', 'FIRST', 'LAST'));
