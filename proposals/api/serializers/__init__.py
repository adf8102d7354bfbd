"""The shapes of answers, declared for the schema; proposals/payloads/ and proposals/comparison/ make them."""
