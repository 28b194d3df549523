# PodDisruptionBudgets and the workloads they cover.
package lintel.lib.budget

import data.lintel.lib.inventory
import data.lintel.lib.selector

# scaled_workloads are the objects of a namespace that keep a number of Pods.
scaled_workloads(namespace) := [object |
	some object in inventory.controllers(namespace)
	object.kind in {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"}
]

# covers holds when a budget selects Pods with these labels; before policy/v1 an empty selector selects nothing.
covers(budget, labels) if {
	not inert(budget)
	selector.matches(budget.spec.selector, labels)
}

inert(budget) if {
	budget.apiVersion == "policy/v1beta1"
	count(budget.spec.selector) == 0
}

# covered lists the workloads of a namespace whose Pods a budget selects.
covered(budget, namespace) := [workload |
	some workload in scaled_workloads(namespace)
	covers(budget, inventory.labels_of(workload))
]

# percentage is the number of a text such as "50%".
percentage(text) := to_number(trim_suffix(text, "%")) if {
	is_string(text)
	endswith(text, "%")
}

# share is an absolute number or a percentage of a total, rounded up as the disruption controller does.
share(amount, _) := amount if is_number(amount)

share(amount, total) := ceil((percentage(amount) * total) / 100) if is_string(amount)
