/// How far an answer can be trusted without looking further.
package enum Confidence: String, Sendable {
    /// The evidence decides the clause.
    case exact
    /// The evidence shows part of what the clause asks.
    case partial
}

/// Something that was looked at and speaks for or against a clause.
package struct Evidence: Sendable, Hashable {
    /// What this place says about the clause: `pass`, `fail`, `coverage` (the share
    /// that complies), `not-applicable`, `unknown`, `manual`, `enforced` or `silent`.
    package var verdict: String
    package var message: String
    /// Who says so: a Rego package, a policy id, or `kube-bench`.
    package var source: String
    /// The title of the policy that says so.
    package var sourceTitle: String?
    /// The object, as `Deployment payments/ledger`.
    package var resource: String?
    package var file: String?
    package var line: Int?
    package var column: Int?
    /// The field, as `spec.containers[0].securityContext`.
    package var field: String?
    /// The exception under which a violation is accepted.
    package var exception: Exception?

    package init(
        verdict: String, message: String, source: String, resource: String? = nil, file: String? = nil,
        line: Int? = nil, column: Int? = nil, field: String? = nil, exception: Exception? = nil
    ) {
        self.verdict = verdict
        self.message = message
        self.source = source
        self.resource = resource
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.exception = exception
    }

    /// As `file:line:column`, as far as known.
    package var place: String? {
        guard let file else { return nil }
        guard let line else { return file }
        return column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)"
    }
}

/// An accepted violation.
package struct Exception: Sendable, Hashable {
    package var reason: String
    package var owner: String?
    package var expires: String?

    package init(reason: String, owner: String? = nil, expires: String? = nil) {
        self.reason = reason
        self.owner = owner
        self.expires = expires
    }
}
