import Documents

/// Deployments and the other kinds that keep Pods of a template running.
struct WorkloadRules {
    let spec: Node
    let kind: String
    let release: Release

    private var template: Node { spec["template"] }

    func check() {
        guard spec.isObject else {
            if !spec.isSet { spec["selector"].missing("spec is required: its selector and template") }
            return
        }
        spec["replicas"].mustNotBeNegative()
        spec["minReadySeconds"].mustNotBeNegative()
        spec["revisionHistoryLimit"].mustNotBeNegative()
        checkSelector()
        checkTemplate()
        switch kind {
        case "Deployment": checkDeployment()
        case "DaemonSet": checkDaemonSet()
        case "StatefulSet": checkStatefulSet()
        default: break
        }
    }

    private func checkSelector() {
        let selector = spec["selector"]
        if kind == "ReplicationController" {
            SelectorRules.checkMap(selector)
            let labels = template["metadata"]["labels"]
            if selector.entries.count == 0, labels.entries.count == 0, !selector.isSet || selector.isObject {
                if template.isSet {
                    selector.missing("selector is required: the template has no labels to take it from")
                }
            }
            for (key, wanted) in selector.entries
            where !labels.isSet || labels.isObject && labels.value.objectMember(key) != wanted.value {
                return labels.invalid(
                    "the labels of the Pod template do not match spec.selector: it asks for \(key.string): \(wanted.text)",
                    hint: "give the template every label of the selector")
            }
            return
        }
        guard selector.isSet else {
            return selector.missing(
                "spec.selector is required", hint: "select the labels of the Pod template with matchLabels")
        }
        guard selector.isObject else { return }
        SelectorRules.check(selector)
        if SelectorRules.isEmpty(selector) {
            selector.invalid(
                "the selector of a \(kind) may not be empty", hint: "select the labels of the Pod template")
        } else if template.isObject {
            SelectorRules.mustSelect(selector, template)
        }
    }

    private func checkTemplate() {
        guard template.isObject else {
            if !template.isSet { template["spec"]["containers"].missing("spec.template is required: the Pods to run") }
            return
        }
        TemplateRules.checkMetadata(template["metadata"])
        let podSpec = template["spec"]
        var names: Set<Value> = []
        if kind == "StatefulSet" {
            for claim in spec["volumeClaimTemplates"].elements { names.insert(claim["metadata"]["name"].value) }
        }
        PodRules(spec: podSpec, release: release, otherVolumes: names).check()
        let policy = podSpec["restartPolicy"]
        if policy.equals("OnFailure") || policy.equals("Never") {
            policy.inspection.report(
                .unsupportedValue, policy.path, at: .value,
                "restartPolicy is \(policy.text), but a \(kind) restarts its Pods always",
                hint: "remove restartPolicy, or use a Job")
        }
        let deadline = podSpec["activeDeadlineSeconds"]
        if deadline.isSet { deadline.forbidden("activeDeadlineSeconds may not be set in a \(kind)") }
    }

    // MARK: Kinds

    private func checkDeployment() {
        let strategy = spec["strategy"]
        let rolling = strategy["rollingUpdate"]
        switch strategy["type"].text {
        case "Recreate":
            if rolling.isSet {
                rolling.forbidden(
                    "rollingUpdate may not be set where the strategy's type is Recreate", hint: "remove one of them")
            }
        case "", "RollingUpdate":
            rolling["maxUnavailable"].mustBeNumberOrPercentage(isAtMostAll: true)
            rolling["maxSurge"].mustBeNumberOrPercentage()
            if rolling["maxUnavailable"].isZero, rolling["maxSurge"].isZero {
                rolling["maxUnavailable"].invalid(
                    "maxUnavailable and maxSurge may not both be 0: no Pod could be replaced",
                    hint: "set one of them to 1")
            }
        default: strategy["type"].unsupported(["Recreate", "RollingUpdate"])
        }
        let deadline = spec["progressDeadlineSeconds"]
        deadline.mustNotBeNegative()
        let ready = spec["minReadySeconds"].integer ?? 0
        if (deadline.integer ?? 600) <= ready {
            deadline.inspection.report(
                .invalidValue, deadline.path, standingAt: (deadline.isSet ? deadline : spec["minReadySeconds"]).path,
                "progressDeadlineSeconds is \(deadline.integer ?? 600), but must be more than minReadySeconds (\(ready))",
                hint: nil)
        }
    }

    private func checkDaemonSet() {
        let strategy = spec["updateStrategy"]
        strategy["type"].oneOf(["RollingUpdate", "OnDelete"])
        guard !strategy["type"].equals("OnDelete") else { return }
        let unavailable = strategy["rollingUpdate"]["maxUnavailable"]
        let surge = strategy["rollingUpdate"]["maxSurge"]
        unavailable.mustBeNumberOrPercentage(isAtMostAll: true)
        surge.mustBeNumberOrPercentage(isAtMostAll: true)
        let hasSurge = surge.isSet && !surge.isZero
        if hasSurge, !unavailable.isZero {
            (unavailable.isSet ? unavailable : surge)
                .invalid("maxUnavailable must be 0 where maxSurge is set", hint: "write maxUnavailable: 0")
        } else if !hasSurge, unavailable.isSet, unavailable.isZero {
            unavailable.invalid("maxUnavailable and maxSurge may not both be 0: no Pod could be replaced")
        }
    }

    private func checkStatefulSet() {
        spec["podManagementPolicy"].oneOf(["OrderedReady", "Parallel"])
        let strategy = spec["updateStrategy"]
        let rolling = strategy["rollingUpdate"]
        strategy["type"].oneOf(["RollingUpdate", "OnDelete"])
        if strategy["type"].equals("OnDelete"), rolling.isSet {
            rolling.invalid("rollingUpdate may only be set where the type of updateStrategy is RollingUpdate")
        }
        rolling["partition"].mustNotBeNegative()
        let unavailable = rolling["maxUnavailable"]
        unavailable.mustBeNumberOrPercentage(isAtMostAll: true)
        if unavailable.isZero { unavailable.invalid("maxUnavailable may not be 0") }
        spec["ordinals"]["start"].mustNotBeNegative()
        let retention = spec["persistentVolumeClaimRetentionPolicy"]
        for field in [retention["whenDeleted"], retention["whenScaled"]] { field.oneOf(["Retain", "Delete"]) }
        spec["serviceName"].mustBe(NameRule.dnsSubdomain)
        for claim in spec["volumeClaimTemplates"].elements where claim.isObject {
            let name = claim["metadata"]["name"]
            name.mustExist(as: NameRule.dnsSubdomain)
            ClaimRules.check(claim["spec"])
        }
    }
}

/// What holds for Pod templates wherever they are.
enum TemplateRules {
    static func checkMetadata(_ metadata: Node) {
        MetadataRules.checkLabels(metadata["labels"])
        MetadataRules.checkAnnotations(metadata["annotations"])
    }
}
