# PodDisruptionBudgets and the workloads they cover.
package lintel.lib.budget

import data.lintel.lib.autoscaling
import data.lintel.lib.index
import data.lintel.lib.inventory
import data.lintel.lib.partners

# scaled holds for what keeps a number of Pods.
scaled(workload) if {
	workload.kind in {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"}
	inventory.group_of(workload.apiVersion) in {"", "apps", "extensions"}
}

# selector_text is what budgets that select alike have in common; undefined for one that selects nothing.
selector_text(budget) := json.marshal(budget.spec.selector) if {
	is_object(budget.spec.selector)
	not index.inert(budget)
}

# covered lists the workloads of a namespace that a selector, given as text, finds.
covered(namespace, text) := [entry.object |
	some group in index.selected_by_text("pods", namespace, text)
	some entry in group.members
	scaled(entry.object)
]

# total_replicas is the number of Pods that a selector covers; variants of one workload count once.
total_replicas(namespace, text) := sum([max(counts) |
	workloads := [{"key": [workload.kind, workload.metadata.name], "value": autoscaling.replicas_of(workload, namespace)} |
		some workload in covered(namespace, text)
	]
	some counts in index.grouped(workloads)
])

# scaled_down lists the autoscalers of the workloads that a selector covers.
scaled_down(namespace, text) := [{"workload": sprintf("%s %q", [workload.kind, workload.metadata.name]), "scaler": scaler, "least": least} |
	some workload in covered(namespace, text)
	some scaler in autoscaling.scalers_of(namespace, workload.kind, workload.metadata.name)
	least := autoscaling.least_replicas(scaler)
	least > 0
]

# contested are the workloads that more than one budget covers, of those that a selector covers, and the budgets.
contested(namespace, text) := {"workloads": workloads, "budgets": partners.of(budgets)} if {
	shared := [group |
		some group in index.selected_by_text("pods", namespace, text)
		scaled_members(group) != []
		count(covering(namespace, group.text)) > 1
	]
	workloads := [title | some group in shared; some title in scaled_members(group)]
	budgets := {name | some group in shared; some name in covering(namespace, group.text)}
}

scaled_members(group) := [sprintf("%s %q", [entry.object.kind, entry.object.metadata.name]) |
	some entry in group.members
	scaled(entry.object)
]

# covering names, in quotes, the budgets of a namespace that select Pods with these labels.
covering(namespace, labels) := {sprintf("%q", [owner.metadata.name]) |
	some query in index.covering_text("budgets", namespace, labels)
	some owner in query.owners
}

# percentage is the number of a text such as "50%".
percentage(text) := to_number(trim_suffix(text, "%")) if {
	is_string(text)
	endswith(text, "%")
}

# share is an absolute number or a percentage of a total, rounded up as the disruption controller does.
share(amount, _) := amount if is_number(amount)

share(amount, total) := ceil((percentage(amount) * total) / 100) if is_string(amount)
