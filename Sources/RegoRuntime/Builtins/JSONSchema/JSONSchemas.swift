package import Documents
package import JSONSchema

/// The one way in which a value is compared with a JSON Schema: the builtin's, with Rego's regular expressions.
package enum JSONSchemas {
    package typealias Problem = SchemaReferences.Problem

    /// What does not fit in a value.
    /// - Throws: `Problem` when the schema is none, or nests too deeply.
    package static func failures(of value: Value, schema: Value) throws(Problem) -> [SchemaValidator.Failure] {
        try failures(of: value, schema: schema, texts: RegexCache(), isCancelled: { false })
    }

    static func failures(
        of value: Value, schema: Value, texts: RegexCache, isCancelled: @escaping () -> Bool
    ) throws(Problem) -> [SchemaValidator.Failure] {
        let references = try checked(schema, texts: texts)
        var validator = SchemaValidator(references: references, texts: texts, isCancelled: isCancelled)
        let result = validator.validate(value, references.root, [])
        if let problem = validator.problem { throw Problem(message: problem) }
        return result.failures
    }

    /// The schema, once it is known to be one.
    @discardableResult
    static func checked(_ schema: Value, texts: RegexCache) throws(Problem) -> SchemaReferences {
        let references = SchemaReferences(root: schema)
        try SchemaChecker.check(references, texts: texts)
        return references
    }
}
