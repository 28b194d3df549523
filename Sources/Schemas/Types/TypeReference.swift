package import Documents

/// What an object says it is.
package struct TypeReference: Sendable, Hashable {
    package var group: String
    package var version: String
    package var kind: String

    package init(group: String, version: String, kind: String) {
        self.group = group
        self.version = version
        self.kind = kind
    }

    /// Nil for a value without `apiVersion` and `kind`.
    package init?(_ object: Value) {
        let apiVersion = object.field("apiVersion").text
        kind = object.field("kind").text
        if apiVersion.isEmpty || kind.isEmpty { return nil }
        let parts = apiVersion.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        group = parts.count == 2 ? String(parts[0]) : ""
        version = String(parts[parts.count - 1])
    }

    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
}
