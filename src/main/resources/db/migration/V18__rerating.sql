-- Pricing anew what a period's calls cost: first the difference is computed and looked at, then it is applied or not.
create table rerating (
    firm_id uuid not null constraint rerating_firm references firm,
    id uuid not null,
    -- First and last day, in the firm's zone.
    from_day date not null,
    last_day date not null,
    client_id uuid,
    matter_id uuid,
    person_id uuid,
    asked_at timestamptz not null,
    asked_by text not null,
    state text not null constraint rerating_state check (state in ('COMPUTING', 'READY', 'APPLYING', 'APPLIED')),
    -- The last call that the work in hand has done: a killed job goes on after it.
    done_opened_at timestamptz,
    done_call_id uuid,
    -- Calls that were looked at.
    calls bigint not null default 0,
    computed_at timestamptz,
    applied_at timestamptz,
    applied_by text,
    -- Charges that came out otherwise than shown, because something else had changed meanwhile.
    otherwise bigint,
    version int not null default 0,
    constraint rerating_pk primary key (firm_id, id),
    constraint rerating_period check (last_day >= from_day),
    constraint rerating_client foreign key (firm_id, client_id) references client,
    constraint rerating_matter foreign key (firm_id, matter_id) references matter,
    constraint rerating_person foreign key (firm_id, person_id) references person
);
create index rerating_recent on rerating (firm_id, asked_at desc);
call protect_firm_table('rerating', 'select, insert, update');

-- A charge that today's codes, policies and agreements price otherwise. Only differences are kept.
create table rerating_item (
    firm_id uuid not null,
    rerating_id uuid not null,
    opened_at timestamptz not null,
    call_id uuid not null,
    no int not null,
    started_at timestamptz not null,
    person_id uuid,
    talk_seconds int not null,
    -- On an issued statement: never changed, only proposed as a credit note.
    issued boolean not null,
    statement_id uuid,
    client_before uuid,
    client_after uuid,
    -- Null where there was, or will be, no charge.
    state_before text,
    state_after text,
    reason_before text,
    reason_after text,
    version_before uuid,
    version_after uuid,
    billed_before int,
    billed_after int,
    currency_before char(3),
    currency_after char(3),
    amount_before numeric,
    amount_after numeric,
    constraint rerating_item_pk primary key (firm_id, rerating_id, opened_at, call_id, no),
    constraint rerating_item_rerating foreign key (firm_id, rerating_id) references rerating
);
call protect_firm_table('rerating_item', 'select, insert');
