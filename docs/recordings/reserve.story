# What would be set aside for a role, where?
meso reserve $(meso agent ls | awk 'NR == 2 { print $1 }') eng 'cpus:1;mem:64MB' --dry-run
meso reserve $(meso agent ls | awk 'NR == 2 { print $1 }') eng 'cpus:1;mem:64MB'
meso reservation ls
meso role ls
# A typing mistake is no mystery.
meso role show egn || true
meso unreserve $(meso agent ls | awk 'NR == 2 { print $1 }') eng
