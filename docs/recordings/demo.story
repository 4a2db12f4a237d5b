# Three masters and two agents; the leader is killed in the middle; then everything is compared.
meso demo
