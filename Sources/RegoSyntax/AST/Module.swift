public import Diagnostics

/// One Rego file: a package, imports and rules.
public struct Module: Sendable {
    public var file: SourceFile
    public var package: Package
    public var imports: [Import]
    /// Rules in source order; chained v0 bodies `p { a } { b }` are rules of their own.
    public var rules: [Rule]
    public var comments: [Comment]
    /// `# METADATA` blocks in source order, not yet read as YAML.
    public var annotations: [Annotations]
    /// The dialect it was parsed as: a v0 module that imports `rego.v1` stays v0.
    public var regoVersion: RegoVersion
    /// True for a v0 module with `import rego.v1`, which must obey the rules of both dialects.
    public var importsRegoV1: Bool

    public init(
        file: SourceFile, package: Package, imports: [Import] = [], rules: [Rule] = [], comments: [Comment] = [],
        annotations: [Annotations] = [], regoVersion: RegoVersion, importsRegoV1: Bool = false
    ) {
        self.file = file
        self.package = package
        self.imports = imports
        self.rules = rules
        self.comments = comments
        self.annotations = annotations
        self.regoVersion = regoVersion
        self.importsRegoV1 = importsRegoV1
    }

    /// The place of a node of this module.
    public func range(of location: Location) -> SourceRange { location.range(in: file) }
}

/// `package a.b`; the path is a ref that starts at `data`.
public struct Package: Sendable {
    public var path: Ref
    public var location: Location

    public init(path: Ref, location: Location) {
        self.path = path
        self.location = location
    }
}

/// `import data.a.b as c`.
public struct Import: Sendable {
    /// A ref whose head is the var `data`, `input`, `future` or `rego`.
    public var path: Ref
    public var alias: String?
    public var location: Location

    public init(path: Ref, alias: String? = nil, location: Location) {
        self.path = path
        self.alias = alias
        self.location = location
    }

    /// The name it binds: the alias, else the last part of the path.
    public var name: String? { alias ?? path.terms.last?.stringOrVarName }
}

/// A `#` comment up to the end of its line.
public struct Comment: Sendable {
    /// From `#` to before the line break.
    public var location: Location

    public init(location: Location) { self.location = location }

    /// The text after `#`, as written.
    public func text(in file: SourceFile) -> String {
        file.text(in: Int(location.start) + 1..<max(Int(location.start) + 1, Int(location.end)))
    }
}
