package import Documents

/// A selector of labels as Kubernetes has it: `matchLabels` and `matchExpressions`, which must all hold.
package struct LabelSelector: Sendable {
    /// What is wrong with a selector, and where in it.
    package struct Problem: Error, Sendable {
        package var message: String
        package var path: [DocumentPath.Step]
    }

    private enum Operation: String { case isIn = "In", isNotIn = "NotIn", exists = "Exists", isAbsent = "DoesNotExist" }

    private struct Requirement: Sendable {
        var key: String
        var operation: Operation
        var values: [String]
    }

    private var requirements: [Requirement] = []

    /// Whether it asks for no other label than one.
    func readsOnly(_ key: String) -> Bool { requirements.allSatisfy { $0.key == key } }

    /// - Throws: what the API server refuses.
    package init(_ selector: Value) throws(Problem) {
        guard selector.kind == .object else { throw Problem(message: "a selector is an object", path: []) }
        let labels = selector.field("matchLabels")
        switch labels.kind {
        case .object:
            for index in labels.keys.indices {
                let key = labels.keys[index].string
                guard let value = labels.values[index].stringValue else {
                    throw Problem(message: "the value of a label is a text", path: [.key("matchLabels"), .key(key)])
                }
                requirements.append(Requirement(key: key, operation: .isIn, values: [value]))
            }
        case .undefined, .null: break
        default: throw Problem(message: "matchLabels is an object", path: [.key("matchLabels")])
        }
        let expressions = selector.field("matchExpressions")
        switch expressions.kind {
        case .array:
            for (index, expression) in expressions.elements.enumerated() {
                requirements.append(try Self.requirement(expression, at: [.key("matchExpressions"), .index(index)]))
            }
        case .undefined, .null: break
        default: throw Problem(message: "matchExpressions is a list", path: [.key("matchExpressions")])
        }
    }

    private static func requirement(
        _ expression: Value, at path: [DocumentPath.Step]
    ) throws(Problem) -> Requirement {
        guard let key = expression.field("key").stringValue, !key.isEmpty else {
            throw Problem(message: "an expression of a selector needs a key", path: path)
        }
        let word = expression.field("operator").stringValue ?? ""
        guard let operation = Operation(rawValue: word) else {
            throw Problem(
                message: "\"\(word)\" is no operator of a selector; In, NotIn, Exists and DoesNotExist are",
                path: path + [.key("operator")])
        }
        let list = expression.field("values")
        let values = list.kind == .array ? list.elements.compactMap(\.stringValue) : []
        guard values.count == (list.kind == .array ? list.count : 0) else {
            throw Problem(message: "the values of an expression are texts", path: path + [.key("values")])
        }
        switch operation {
        case .isIn, .isNotIn:
            if values.isEmpty { throw Problem(message: "\(word) needs values", path: path) }
        case .exists, .isAbsent:
            if !values.isEmpty { throw Problem(message: "\(word) takes no values", path: path + [.key("values")]) }
        }
        return Requirement(key: key, operation: operation, values: values)
    }

    /// - Parameter labels: `metadata.labels`; labels that are no texts are none at all, as for the API's own clients.
    package func matches(_ labels: Value) -> Bool {
        let isUsable = labels.kind == .object && labels.values.allSatisfy { $0.kind == .string }
        return requirements.allSatisfy { requirement in
            let value = isUsable ? labels.field(named: requirement.key).stringValue : nil
            switch requirement.operation {
            case .isIn: return value.map(requirement.values.contains) ?? false
            case .isNotIn: return value.map { !requirement.values.contains($0) } ?? true
            case .exists: return value != nil
            case .isAbsent: return value == nil
            }
        }
    }
}
