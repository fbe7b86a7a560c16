-- An answer is stored at each step. What hangs on it (a case, an apology) waits for the last one, or 15 minutes:
-- a timer `answer.due` named by the response.
ALTER TABLE "survey_response" ADD COLUMN "unfinished" BOOLEAN NOT NULL DEFAULT false;
