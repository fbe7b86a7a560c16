-- A case as it was opened: a second complaint raises severity and urgency, and a changed answer its words, so the present row
-- tells what became of it. null: opened before this was kept; no prediction learns from such a case or is made of it.
ALTER TABLE "support_case" ADD COLUMN "opened_severity" INTEGER,
    ADD COLUMN "opened_critical" BOOLEAN,
    ADD COLUMN "opened_text_length" INTEGER;
