import Documents

/// HorizontalPodAutoscalers and PodDisruptionBudgets.
enum ScalingRules {
    static func checkAutoscaler(_ root: Node, version: String) {
        let spec = root["spec"]
        guard spec.isObject else {
            if !spec.isSet { spec["maxReplicas"].missing("spec is required: its scaleTargetRef and maxReplicas") }
            return
        }
        let least = spec["minReplicas"]
        let most = spec["maxReplicas"]
        least.mustBeAtLeast(1)
        if !most.isSet {
            most.missing("spec.maxReplicas is required, 1 or more")
        } else if let number = most.integer {
            if number < 1 {
                most.invalid("maxReplicas is \(number), but must be 1 or more")
            } else if let bound = least.integer, number < bound {
                most.invalid("maxReplicas is \(number), but must be at least minReplicas (\(bound))")
            }
        }
        let target = spec["scaleTargetRef"]
        if target.isSet {
            for field in [target["kind"], target["name"]] { field.mustExist(as: NameRule.pathSegment) }
        } else {
            target["kind"].missing("spec.scaleTargetRef is required: kind and name of what is scaled")
        }
        if version == "v1" { return spec["targetCPUUtilizationPercentage"].mustBeAtLeast(1) }
        for metric in spec["metrics"].elements where metric.isObject { check(metric: metric) }
        for direction in spec["behavior"].setMembers(["scaleUp", "scaleDown"]) where direction.isObject {
            check(behavior: direction)
        }
    }

    private static let metricFields: [(type: String, field: StaticString)] = [
        ("Object", "object"), ("Pods", "pods"), ("Resource", "resource"), ("ContainerResource", "containerResource"),
        ("External", "external"),
    ]

    private static func check(metric: Node) {
        let type = metric["type"]
        let types = metricFields.map(\.type)
        guard type.oneOf(types, isRequired: true) else { return }
        guard let own = metricFields.first(where: { type.text == $0.type })?.field else { return }
        let source = metric[own]
        if !source.isSet { source.missing("\(own.description) is required where type is \(type.text)") }
        for (other, field) in metricFields where other != type.text && metric[field].isSet {
            metric[field].forbidden(
                "\(field.description) may not be set where type is \(type.text)",
                hint: "remove it, or write type: \(other)")
        }
        guard source.isObject else { return }
        switch type.text {
        case "Resource": source["name"].mustExist()
        case "ContainerResource":
            source["name"].mustExist()
            source["container"].mustExist()
        default:
            source["metric"]["name"].mustExist(as: NameRule.pathSegment)
            SelectorRules.check(source["metric"]["selector"])
            if type.equals("Object") {
                let object = source["describedObject"]
                for field in [object["kind"], object["name"]] { field.mustExist(as: NameRule.pathSegment) }
            }
        }
        check(target: source["target"], of: type.text)
    }

    private static func check(target: Node, of type: String) {
        guard target.isObject else {
            if !target.isSet { target["type"].missing("target.type is required: Utilization, Value or AverageValue") }
            return
        }
        target["type"].oneOf(["Utilization", "Value", "AverageValue"], isRequired: true)
        let utilization = target["averageUtilization"]
        let average = target["averageValue"]
        let value = target["value"]
        utilization.mustBeAtLeast(1)
        for amount in [average, value] {
            if let quantity = amount.quantity, quantity.isZero || quantity.isNegative {
                amount.invalid("\(amount.name) is \(Wording.shown(amount.value)), but must be more than zero")
            }
        }
        switch type {
        case "Resource", "ContainerResource":
            if utilization.isSet, average.isSet {
                utilization.forbidden("averageUtilization may not be set beside averageValue", hint: "keep one of them")
            } else if !utilization.isSet, !average.isSet {
                utilization.missing("target needs averageUtilization or averageValue")
            }
        case "Pods":
            if !average.isSet { average.missing("target.averageValue is required where type is Pods") }
        default:
            if !value.isSet, !average.isSet { value.missing("target needs value or averageValue") }
            if value.isSet, average.isSet, type == "External" {
                value.forbidden("value may not be set beside averageValue")
            }
        }
    }

    private static func check(behavior: Node) {
        behavior["stabilizationWindowSeconds"].mustBe(in: 0...3600)
        behavior["selectPolicy"].oneOf(["Disabled", "Max", "Min"])
        let policies = behavior["policies"]
        if policies.value.kind == .array, policies.count == 0 { policies.missing("policies needs at least one entry") }
        for policy in policies.elements where policy.isObject {
            policy["type"].oneOf(["Percent", "Pods"], isRequired: true)
            policy["value"].isSet
                ? policy["value"].mustBeAtLeast(1) : policy["value"].invalid("value is required, 1 or more")
            let period = policy["periodSeconds"]
            period.isSet ? period.mustBe(in: 1...1800) : period.invalid("periodSeconds is required, from 1 to 1800")
        }
    }

    static func checkBudget(_ spec: Node) {
        guard spec.isObject else { return }
        let least = spec["minAvailable"]
        let most = spec["maxUnavailable"]
        if least.isSet, most.isSet {
            spec.inspection.report(
                .invalidValue, most.path, at: .key, "minAvailable and maxUnavailable may not both be set",
                hint: "keep one of them")
        }
        least.mustBeNumberOrPercentage(isAtMostAll: true)
        most.mustBeNumberOrPercentage(isAtMostAll: true)
        SelectorRules.check(spec["selector"])
        spec["unhealthyPodEvictionPolicy"].oneOf(["AlwaysAllow", "IfHealthyBudget"])
    }
}
