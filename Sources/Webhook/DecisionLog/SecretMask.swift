import Documents

/// Finds what Secrets hold, wherever one stands in an input: it must not get into logs.
enum SecretMask {
    private static let applied = "kubectl.kubernetes.io/last-applied-configuration"
    private static let deepest = 64

    /// Paths of all `data` and `stringData` members of Secrets and of the annotation in which kubectl keeps a copy.
    static func paths(in input: Value) -> [[String]] {
        var found: [[String]] = []
        search(input, at: ["input"], &found)
        return found
    }

    private static func search(_ value: Value, at path: [String], _ found: inout [[String]]) {
        if path.count > deepest { return }
        switch value.kind {
        case .object:
            if isSecret(value) { return add(value, path, &found) }
            for (index, key) in value.keys.enumerated() where value.values[index].isCollection {
                search(value.values[index], at: path + [key.stringValue ?? ""], &found)
            }
        case .array:
            for (index, element) in value.elements.enumerated() where element.isCollection {
                search(element, at: path + [String(index)], &found)
            }
        default: break
        }
    }

    private static func isSecret(_ value: Value) -> Bool {
        value.field("kind").stringValue == "Secret"
            && (value.field("data").isDefined || value.field("stringData").isDefined || value.field("metadata").isDefined)
    }

    private static func add(_ secret: Value, _ path: [String], _ found: inout [[String]]) {
        for name in ["data", "stringData"] {
            let data = secret.field(named: name)
            guard data.kind == .object else {
                if data.isDefined, data.kind != .null { found.append(path + [name]) }
                continue
            }
            for key in data.keys { found.append(path + [name, key.stringValue ?? ""]) }
        }
        if secret.field("metadata").field("annotations").field(named: applied).isDefined {
            found.append(path + ["metadata", "annotations", applied])
        }
    }
}
