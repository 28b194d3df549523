import Documents
import Inputs

/// What keeps Pods and objects in order and is weaker than before.
enum GuardChange {
    private static let levels = ["privileged", "baseline", "restricted"]

    /// Pod Security that a namespace enforces.
    static func ofNamespace(_ old: Value, _ new: Value) -> [RiskNote] {
        guard old.isDefined else { return [] }
        let label = "pod-security.kubernetes.io/enforce"
        func level(_ object: Value) -> String {
            object.field("metadata").field("labels").field(named: label).stringValue ?? "privileged"
        }
        let (before, now) = (level(old), level(new))
        guard let last = levels.firstIndex(of: before), let first = levels.firstIndex(of: now), first < last else { return [] }
        return [RiskNote(.high, "lets in \(now) Pods, was \(before)")]
    }

    /// Versions of custom resources that are not served any more.
    static func ofDefinition(_ old: Value, _ new: Value) -> [RiskNote] {
        func served(_ object: Value) -> [String] {
            object.field("spec").field("versions").array.filter { !$0.field("served").isFalse }.compactMap {
                $0.field("name").stringValue
            }
        }
        let left = Set(served(new)), gone = served(old).filter { !left.contains($0) }
        return gone.isEmpty ? [] : [RiskNote(.high, "no longer serves \(gone.joined(separator: ", "))")]
    }
}
