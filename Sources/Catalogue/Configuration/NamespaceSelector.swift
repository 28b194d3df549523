import Documents
import Inputs

/// Picks namespaces by their labels, as a LabelSelector does (`k8s.io/apimachinery/pkg/apis/meta/v1`).
package struct NamespaceSelector: Sendable, Hashable {
    package enum Operator: String, Sendable, Hashable, CaseIterable {
        case isIn = "In"
        case isNotIn = "NotIn"
        case exists = "Exists"
        case doesNotExist = "DoesNotExist"

        /// Those that compare with values; the others take none.
        static let withValues: [Operator] = [.isIn, .isNotIn]
    }

    package struct Requirement: Sendable, Hashable {
        package var key: String
        package var test: Operator
        package var values: [String]
    }

    /// All must hold.
    package var requirements: [Requirement] = []

    package init(_ requirements: [Requirement] = []) { self.requirements = requirements }

    /// The label that every namespace has, with its name.
    package static let nameLabel = "kubernetes.io/metadata.name"

    /// Whether labels other than the namespace's name decide.
    package var needsLabels: Bool { requirements.contains { $0.key != Self.nameLabel } }

    package func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            let value = labels[requirement.key]
            switch requirement.test {
            case .isIn: return value.map(requirement.values.contains) ?? false
            case .isNotIn: return !(value.map(requirement.values.contains) ?? false)
            case .exists: return value != nil
            case .doesNotExist: return value == nil
            }
        }
    }
}

extension ConfigurationReader {
    mutating func readSelector(_ value: Value, _ path: [DocumentPath.Step]) -> NamespaceSelector? {
        guard value.kind == .object else {
            report("a selector has matchLabels or matchExpressions", at: path)
            return nil
        }
        var selector = NamespaceSelector()
        for (index, key) in value.keys.enumerated() {
            let place = path + [.key(key.string)], member = value.values[index]
            switch key.string {
            case "matchLabels":
                guard member.kind == .object else {
                    report("matchLabels maps labels to values", at: place)
                    continue
                }
                for (index, label) in member.keys.enumerated() {
                    guard let text = member.values[index].stringValue else {
                        report("the value of a label is a text", at: place + [.key(label.string)])
                        continue
                    }
                    selector.requirements.append(.init(key: label.string, test: .isIn, values: [text]))
                }
            case "matchExpressions":
                guard member.kind == .array else {
                    report("matchExpressions is a list of {key, operator, values}", at: place)
                    continue
                }
                for (index, item) in member.elements.enumerated() {
                    if let requirement = requirement(item, place + [.index(index)]) { selector.requirements.append(requirement) }
                }
            default: reportUnknown(key.string, among: ["matchLabels", "matchExpressions"], at: place)
            }
        }
        return selector
    }

    private mutating func requirement(
        _ value: Value, _ path: [DocumentPath.Step]
    ) -> NamespaceSelector.Requirement? {
        guard value.kind == .object, let key = value.field("key").stringValue, !key.isEmpty else {
            report("key, operator and values are expected", at: path)
            return nil
        }
        let known = ["key", "operator", "values"]
        for name in value.keys.map(\.string) where !known.contains(name) {
            reportUnknown(name, among: known, at: path + [.key(name)])
        }
        let names = NamespaceSelector.Operator.allCases.map(\.rawValue)
        let place = path + [.key("operator")]
        guard let test = choice(value.field("operator"), place, among: names).flatMap(NamespaceSelector.Operator.init(rawValue:))
        else { return nil }
        let list = value.field("values"), values = list.strings
        if list.isDefined, list.kind != .array || list.count != values.count {
            report("values is a list of texts", at: path + [.key("values")])
            return nil
        }
        let needsValues = NamespaceSelector.Operator.withValues.contains(test)
        if needsValues == values.isEmpty {
            report(needsValues ? "\(test.rawValue) needs values" : "\(test.rawValue) takes no values", at: path)
            return nil
        }
        return NamespaceSelector.Requirement(key: key, test: test, values: values)
    }
}
