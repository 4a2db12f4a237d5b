# Which machines are there?
meso agent ls
# What would it mean to empty one of them?
meso drain plan $(meso agent ls | awk 'NR == 2 { print $1 }')
# Do it, and look on.
meso drain apply $(meso agent ls | awk 'NR == 2 { print $1 }') --anyway --wait 1m
meso drain status
# Give it back.
meso agent reactivate $(meso agent ls | awk 'NR == 2 { print $1 }')
