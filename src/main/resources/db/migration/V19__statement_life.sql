-- What becomes of statements: credit notes, review, sending, payments, reminders, questions; and what a firm chooses
-- for its statements: numbers of credit notes, tax, discounts, grouping.

-- A credit note is a statement of its own with minus lines, issued at once; it takes another one back, wholly or in part.
alter table statement
    add column kind text not null default 'STATEMENT' constraint statement_kind check (kind in ('STATEMENT', 'CREDIT_NOTE')),
    add column credits_id uuid,
    -- Why a credit note was written, as printed.
    add column reason text,
    -- A draft that somebody looks through, or found right, and what it came to then; priced anew, it must be looked at again.
    add column review text constraint statement_review check (review in ('IN_REVIEW', 'APPROVED')),
    add column reviewed_at timestamptz,
    add column reviewed_by text,
    add column reviewed_total numeric,
    -- What the total is made of, as printed; null on statements from before these were kept.
    add column fees numeric,
    add column discount numeric,
    add column tax numeric,
    -- The lines hold the tax already: it is told, not added.
    add column tax_included boolean not null default false,
    add constraint statement_credits foreign key (firm_id, credits_id) references statement,
    add constraint statement_credit_note check ((kind = 'CREDIT_NOTE') = (credits_id is not null)
        and (kind = 'STATEMENT' or (state = 'ISSUED' and reason is not null))),
    add constraint statement_reviewed check ((review is null) = (reviewed_at is null) and (review is null) = (reviewed_by is null)
        and (review is null) = (reviewed_total is null)),
    add constraint statement_sums check (fees is null or total = fees - discount + case when tax_included then 0 else tax end);
create index statement_credits_of on statement (firm_id, credits_id) where credits_id is not null;

-- A line dies once, by a credit note that names it; nothing else of it ever changes.
alter table statement_line
    add column credit_id uuid,
    add constraint statement_line_credit foreign key (firm_id, credit_id) references statement,
    add constraint statement_line_taken_back check (live = (credit_id is null));
create policy taken_back_once on statement_line as restrictive for update using (live) with check (not live);
grant update (live, credit_id) on statement_line to ${app_role};

-- What of a statement's line a credit note takes back, beside the credit note's own paper.
create table credit_line (
    firm_id uuid not null,
    credit_id uuid not null,
    position int not null,
    statement_id uuid not null,
    call_id uuid not null,
    charge_no int not null,
    -- Hours, minutes or blocks, and money, above zero.
    quantity numeric not null constraint credit_line_quantity check (quantity > 0),
    amount numeric not null constraint credit_line_amount check (amount >= 0),
    constraint credit_line_pk primary key (firm_id, credit_id, position),
    constraint credit_line_once unique (firm_id, credit_id, call_id, charge_no),
    constraint credit_line_credit foreign key (firm_id, credit_id) references statement,
    constraint credit_line_line foreign key (firm_id, statement_id, call_id, charge_no) references statement_line
);
create index credit_line_of on credit_line (firm_id, statement_id, call_id, charge_no);
call protect_firm_table('credit_line', 'select, insert');

-- The life of a statement after it was issued. The frozen row never changes; what follows from payments, credit notes
-- and questions stands here, changed in the transaction that changes those.
create table statement_life (
    firm_id uuid not null,
    statement_id uuid not null,
    client_id uuid not null,
    currency char(3) not null,
    kind text not null constraint statement_life_kind check (kind in ('STATEMENT', 'CREDIT_NOTE')),
    issued_on date not null,
    due_on date not null,
    total numeric not null,
    -- Sums of its credit notes (above zero) and of the payments assigned to it.
    credited numeric not null default 0,
    paid numeric not null default 0,
    -- Questions of the client that are not settled.
    questions int not null default 0 constraint statement_life_questions check (questions >= 0),
    sent_at timestamptz,
    viewed_at timestamptz,
    reminders int not null default 0,
    reminded_on date,
    -- Below zero when it was paid and then credited, or overpaid.
    open numeric not null generated always as (case when kind = 'CREDIT_NOTE' then 0 else total - credited - paid end) stored,
    stage text not null generated always as (case
        when kind = 'STATEMENT' and credited > 0 and credited >= total then 'CREDITED'
        when kind = 'STATEMENT' and questions > 0 then 'DISPUTED'
        when kind = 'STATEMENT' and total - credited - paid <= 0 then 'PAID'
        when kind = 'STATEMENT' and paid > 0 then 'PARTLY_PAID'
        when viewed_at is not null then 'VIEWED'
        when sent_at is not null then 'SENT'
        else 'ISSUED' end) stored,
    version int not null default 0,
    constraint statement_life_pk primary key (firm_id, statement_id),
    constraint statement_life_statement foreign key (firm_id, statement_id) references statement,
    constraint statement_life_client foreign key (firm_id, client_id) references client,
    constraint statement_life_credited check (credited >= 0 and credited <= greatest(total, 0))
);
create index statement_life_due on statement_life (firm_id, due_on) where open > 0;
create index statement_life_by_client on statement_life (firm_id, client_id, issued_on);
create index statement_life_by_stage on statement_life (firm_id, stage);
-- Statements from before: the owner sees no firm's rows while row level security is forced on it, too.
alter table statement no force row level security;
alter table statement_view no force row level security;
insert into statement_life (firm_id, statement_id, client_id, currency, kind, issued_on, due_on, total, viewed_at)
    select s.firm_id, s.id, s.client_id, s.currency, s.kind, s.issued_on, s.due_on, s.total, v.at
    from statement s left join statement_view v on v.firm_id = s.firm_id and v.statement_id = s.id
    where s.state = 'ISSUED';
alter table statement force row level security;
alter table statement_view force row level security;
call protect_firm_table('statement_life', 'select, insert, update');

-- Each time it was sent, and to whom.
create table statement_sending (
    firm_id uuid not null,
    statement_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    recipient text not null,
    sent_by text not null,
    constraint statement_sending_pk primary key (firm_id, statement_id, id),
    constraint statement_sending_statement foreign key (firm_id, statement_id) references statement
);
call protect_firm_table('statement_sending', 'select, insert');

-- Money that came in. Never changed; one that was entered in error is taken back with a reason.
create table payment (
    firm_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    received_on date not null,
    currency char(3) not null,
    amount numeric not null constraint payment_amount check (amount > 0),
    method text not null constraint payment_method check (method in ('TRANSFER', 'CHEQUE', 'CARD', 'CASH', 'OTHER')),
    reference text,
    entered_at timestamptz not null,
    entered_by text not null,
    -- Of a line of a bank's file: the same line again is known by it.
    import_key bytea,
    taken_back_at timestamptz,
    taken_back_by text,
    taken_back_reason text,
    constraint payment_pk primary key (firm_id, id),
    constraint payment_client foreign key (firm_id, client_id) references client,
    constraint payment_taken_back check ((taken_back_at is null) = (taken_back_by is null)
        and (taken_back_at is null) = (taken_back_reason is null))
);
create unique index payment_imported_once on payment (firm_id, import_key) where import_key is not null and taken_back_at is null;
create index payment_by_client on payment (firm_id, client_id, received_on);
call protect_firm_table('payment', 'select, insert');
grant update (taken_back_at, taken_back_by, taken_back_reason) on payment to ${app_role};

-- Which statements a payment is for; all of it is for some.
create table payment_part (
    firm_id uuid not null,
    payment_id uuid not null,
    statement_id uuid not null,
    amount numeric not null constraint payment_part_amount check (amount > 0),
    constraint payment_part_pk primary key (firm_id, payment_id, statement_id),
    constraint payment_part_payment foreign key (firm_id, payment_id) references payment,
    constraint payment_part_statement foreign key (firm_id, statement_id) references statement
);
create index payment_part_of on payment_part (firm_id, statement_id);
call protect_firm_table('payment_part', 'select, insert');

-- A reminder as it was written; step 1 to 3.
create table statement_reminder (
    firm_id uuid not null,
    statement_id uuid not null,
    step int not null constraint statement_reminder_step check (step between 1 and 3),
    at timestamptz not null,
    written_by text not null,
    open numeric not null,
    text text not null,
    constraint statement_reminder_pk primary key (firm_id, statement_id, step),
    constraint statement_reminder_statement foreign key (firm_id, statement_id) references statement
);
call protect_firm_table('statement_reminder', 'select, insert');

-- A client's question about a statement, or about one of its lines.
create table statement_question (
    firm_id uuid not null,
    id uuid not null,
    statement_id uuid not null,
    call_id uuid,
    charge_no int,
    state text not null constraint statement_question_state check (state in ('OPEN', 'ANSWERED', 'CREDITED', 'SETTLED', 'WITHDRAWN', 'CLOSED')),
    asked_at timestamptz not null,
    asked_by text not null,
    changed_at timestamptz not null,
    credit_id uuid,
    version int not null default 0,
    constraint statement_question_pk primary key (firm_id, id),
    constraint statement_question_statement foreign key (firm_id, statement_id) references statement,
    constraint statement_question_line foreign key (firm_id, statement_id, call_id, charge_no) references statement_line,
    constraint statement_question_credit foreign key (firm_id, credit_id) references statement,
    constraint statement_question_credited check ((state = 'CREDITED') = (credit_id is not null)),
    constraint statement_question_of_line check ((call_id is null) = (charge_no is null))
);
create index statement_question_of on statement_question (firm_id, statement_id);
create index statement_question_waiting on statement_question (firm_id, state, changed_at) where state in ('OPEN', 'ANSWERED');
call protect_firm_table('statement_question', 'select, insert, update');

-- What was said, in order.
create table statement_question_entry (
    firm_id uuid not null,
    question_id uuid not null,
    no int not null,
    at timestamptz not null,
    author text not null,
    side text not null constraint statement_question_entry_side check (side in ('CLIENT', 'FIRM')),
    text text not null,
    constraint statement_question_entry_pk primary key (firm_id, question_id, no),
    constraint statement_question_entry_question foreign key (firm_id, question_id) references statement_question
);
call protect_firm_table('statement_question_entry', 'select, insert');

-- A rate of tax, and what it is from which day on.
create table tax_rate (
    firm_id uuid not null constraint tax_rate_firm references firm,
    id uuid not null,
    name text not null,
    category text not null constraint tax_rate_category check (category in ('STANDARD', 'ZERO', 'EXEMPT', 'REVERSE_CHARGE')),
    -- Printed with exempt and reverse charge: why there is no tax.
    reason text,
    version int not null default 0,
    constraint tax_rate_pk primary key (firm_id, id),
    constraint tax_rate_reason check (category not in ('EXEMPT', 'REVERSE_CHARGE') or reason is not null)
);
create unique index tax_rate_name on tax_rate (firm_id, lower(name));
call protect_firm_table('tax_rate', 'select, insert, update');
create table tax_rate_percent (
    firm_id uuid not null,
    rate_id uuid not null,
    valid_from date not null,
    percent numeric not null constraint tax_rate_percent_range check (percent between 0 and 100),
    constraint tax_rate_percent_pk primary key (firm_id, rate_id, valid_from),
    constraint tax_rate_percent_rate foreign key (firm_id, rate_id) references tax_rate
);
call protect_firm_table('tax_rate_percent', 'select, insert, update, delete');

-- How the firm bills.
create table billing_settings (
    firm_id uuid constraint billing_settings_pk primary key constraint billing_settings_firm references firm,
    -- Credit notes count in the statements' series, or in one of their own under this prefix.
    credit_shared boolean not null,
    credit_prefix text not null,
    clerk_issues boolean not null,
    approval_needed boolean not null,
    tax_rate_id uuid,
    tax_per_line boolean not null,
    tax_inclusive boolean not null,
    -- Days after the due date on which the three reminders are proposed.
    reminder_1 int not null constraint billing_settings_reminder_1 check (reminder_1 between 1 and 365),
    reminder_2 int not null,
    reminder_3 int not null,
    print_balance boolean not null,
    grouping text not null constraint billing_settings_grouping check (grouping in ('MATTER', 'DAY', 'PERSON', 'CODE')),
    summary_only boolean not null,
    annex boolean not null,
    template text not null constraint billing_settings_template check (template in ('CLASSIC', 'COMPACT', 'LETTER')),
    version int not null default 0,
    constraint billing_settings_tax foreign key (firm_id, tax_rate_id) references tax_rate,
    constraint billing_settings_reminders check (reminder_2 > reminder_1 and reminder_3 > reminder_2 and reminder_3 <= 365)
);
call protect_firm_table('billing_settings', 'select, insert, update');

-- What is different for one client; null is as the firm has it.
create table client_billing (
    firm_id uuid not null,
    client_id uuid not null,
    tax_rate_id uuid,
    -- No tax for this client, whatever the firm's usual rate is.
    untaxed boolean not null,
    discount_percent numeric constraint client_billing_percent check (discount_percent > 0 and discount_percent <= 100),
    discount_amount numeric constraint client_billing_amount check (discount_amount > 0),
    grouping text constraint client_billing_grouping check (grouping in ('MATTER', 'DAY', 'PERSON', 'CODE')),
    summary_only boolean,
    annex boolean,
    locale text,
    version int not null default 0,
    constraint client_billing_pk primary key (firm_id, client_id),
    constraint client_billing_client foreign key (firm_id, client_id) references client,
    constraint client_billing_tax foreign key (firm_id, tax_rate_id) references tax_rate,
    constraint client_billing_one_discount check (discount_percent is null or discount_amount is null),
    constraint client_billing_tax_once check (not untaxed or tax_rate_id is null)
);
call protect_firm_table('client_billing', 'select, insert, update');
