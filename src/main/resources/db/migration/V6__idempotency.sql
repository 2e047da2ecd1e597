-- Answers to requests that carried an Idempotency-Key, written in the same transaction as what they did.
create table idempotency_key (
    firm_id uuid not null constraint idempotency_key_firm references firm,
    user_id uuid not null,
    key text not null constraint idempotency_key_length check (length(key) between 1 and 200),
    at timestamptz not null,
    -- SHA-256 over method, path and body: the same key with another request is a mistake.
    request_hash bytea not null,
    status int,
    location text,
    body text,
    constraint idempotency_key_pk primary key (firm_id, user_id, key)
);
create index idempotency_key_age on idempotency_key (firm_id, at);
call protect_firm_table('idempotency_key', 'select, insert, update, delete');
