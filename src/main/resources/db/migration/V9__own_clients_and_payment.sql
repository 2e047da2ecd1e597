-- Whom each person of a firm has talked for: what a professional may read of clients. Seen with the rights of whoever
-- asks, so that the firm's policy on charges holds; a pair stands once for each charge, to be asked for by "exists".
create view person_client with (security_invoker = true) as
    select firm_id, person_id, client_id from charge where person_id is not null and client_id is not null;
grant select on person_client to ${app_role};

create index charge_by_person on charge (firm_id, person_id, client_id)
    where person_id is not null and client_id is not null;

-- Printed on statements: the firm's tax number as it is written there, and how to pay.
alter table firm add column tax_id text, add column payment text;
