/// The API group and kind of an object, which together choose the policies that look at it.
package struct GroupKind: Sendable, Hashable {
    /// Empty for the core group.
    package var group: String
    package var kind: String

    package init(group: String, kind: String) {
        self.group = group
        self.kind = kind
    }

    /// Reads `group/Kind`, or `Kind` of the core group.
    package init(_ text: String) {
        if let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) {
            self.init(group: String(text[..<slash]), kind: String(text[text.index(after: slash)...]))
        } else {
            self.init(group: "", kind: text)
        }
    }

    /// `group/Kind`, or `Kind` for the core group.
    package var text: String { group.isEmpty ? kind : "\(group)/\(kind)" }
}

/// The type of an object: `apps/v1`, `Deployment`.
package struct GroupVersionKind: Sendable, Hashable {
    package var group: String
    package var version: String
    package var kind: String

    /// Splits `group/version`; the core group has none.
    package init(apiVersion: String, kind: String) {
        if let slash = apiVersion.utf8.firstIndex(of: UInt8(ascii: "/")) {
            group = String(apiVersion[..<slash])
            version = String(apiVersion[apiVersion.index(after: slash)...])
        } else {
            group = ""
            version = apiVersion
        }
        self.kind = kind
    }

    /// As manifests write it: `apps/v1`, `v1`.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    package var groupKind: GroupKind { GroupKind(group: group, kind: kind) }
}
