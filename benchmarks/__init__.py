"""How fast seedlint is, beside its peers, on corpora made for the purpose."""
