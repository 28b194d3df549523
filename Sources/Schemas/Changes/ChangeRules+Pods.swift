import Documents

extension ChangeRules {
    func checkPod() {
        let place = differences("spec").first { !isMutableInPod($0) }
        guard let place else { return }
        report(
            place,
            "\(Self.text(place)) cannot be changed once a Pod exists: only images, activeDeadlineSeconds and further tolerations can"
        )
    }

    private func isMutableInPod(_ steps: [Step]) -> Bool {
        let names = steps.dropFirst().compactMap { if case .key(let name) = $0 { name } else { nil } }
        let before = old.field("spec")
        let after = new.field("spec")
        switch names.first {
        case "containers", "initContainers": return names.count == 2 && names[1] == "image"
        case "ephemeralContainers": return true
        case "activeDeadlineSeconds":
            guard let next = after.field("activeDeadlineSeconds").intValue else { return false }
            return before.field("activeDeadlineSeconds").intValue.map { next <= $0 } ?? true
        case "tolerations":
            let list = after.field("tolerations").list
            return before.field("tolerations").list.allSatisfy { old in list.contains { Self.isSameToleration(old, $0) } }
        case "terminationGracePeriodSeconds":
            return after.field("terminationGracePeriodSeconds").intValue == 1
                && (before.field("terminationGracePeriodSeconds").intValue ?? 30) < 0
        case "schedulingGates":
            let gates = before.field("schedulingGates").list
            return after.field("schedulingGates").list.allSatisfy { new in gates.contains { $0 == new } }
        case "nodeSelector":
            guard before.field("schedulingGates").list.count > 0 else { return false }
            let selector = before.field("nodeSelector"), next = after.field("nodeSelector")
            return selector.memberKeys.allSatisfy { next.memberOrUndefined($0) == selector.memberOrUndefined($0) }
        case "affinity":
            guard before.field("schedulingGates").list.count > 0, names.count == 1 || names[1] == "nodeAffinity" else {
                return false
            }
            let required = "requiredDuringSchedulingIgnoredDuringExecution"
            func terms(_ spec: Value) -> Value {
                spec.field("affinity").field("nodeAffinity").field(named: required).field("nodeSelectorTerms")
            }
            return names.count > 2 && names[2] != required || Self.narrows(terms(before), terms(after))
        case "serviceAccount": return true
        case "serviceAccountName": return [before, after].allSatisfy { Self.isDefaultAccount($0) }
        default: return false
        }
    }

    /// How long a Pod is tolerated may change.
    private static func isSameToleration(_ old: Value, _ new: Value) -> Bool {
        ["key", "operator", "value", "effect"].allSatisfy { name in
            let before = old.field(named: name), after = new.field(named: name)
            return before.isNothing && after.isNothing || before == after
        }
    }

    /// The server gives Pods the account `default`.
    private static func isDefaultAccount(_ spec: Value) -> Bool {
        let names = [spec.field("serviceAccountName"), spec.field("serviceAccount")].filter { !$0.isNothing }
        return names.allSatisfy { $0.text == "default" }
    }

    /// Whether terms only gained requirements. Terms are alternatives, so that another one would widen the choice.
    private static func narrows(_ old: Value, _ new: Value) -> Bool {
        if old.isNothing { return true }
        guard old.list.count == new.list.count else { return false }
        return zip(old.list, new.list).allSatisfy { before, after in
            let lists = ["matchExpressions", "matchFields"]
            if lists.allSatisfy({ before.field(named: $0).isNothing }) {
                // A term without requirements matches nothing.
                return lists.allSatisfy { after.field(named: $0).isNothing }
            }
            return lists.allSatisfy { name in
                let requirements = after.field(named: name).list
                return before.field(named: name).list.allSatisfy { requirements.contains($0) }
            }
        }
    }
}
