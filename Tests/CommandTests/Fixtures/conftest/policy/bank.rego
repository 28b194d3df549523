package team.bank

deny contains "banks do not open ports to all" if input.spec.type == "LoadBalancer"
