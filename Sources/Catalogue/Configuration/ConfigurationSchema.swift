import Documents
import Inputs

/// The JSON Schema of `lintel.yaml`, for editors; `docs/lintel.schema.json` is the one that names no policies. Values that
/// are chosen from a list come from the types that read them. `ConfigurationSchemaTests` holds it to `ConfigurationReader`:
/// both take and refuse the same files.
package enum ConfigurationSchema {
    /// The schema as JSON text.
    /// - Parameter policies: those whose names and parameters it offers; what it does not know it does not refuse, since
    ///   another run may have other policies.
    package static func text(naming policies: [Policy] = []) -> String { Template(policies: PolicyParts(policies)).text }

    fileprivate static let release = #"v?[1-9][0-9]{0,3}\\.[0-9]{1,4}(\\.[0-9]{1,4})?"#

    /// `["a","b"]`.
    fileprivate static func list(_ names: [String]) -> String {
        "[" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    fileprivate static func names<Option: RawRepresentable & CaseIterable>(_ type: Option.Type) -> String
    where Option.RawValue == String {
        list(type.allCases.map(\.rawValue))
    }

    private struct Template {
        let policies: PolicyParts

        var text: String {
            #"""
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "$id": "https://raw.githubusercontent.com/lintel/lintel/main/docs/lintel.schema.json",
              "title": "lintel.yaml",
              "description": "What lintel check uses in this repository. The file is looked for upward from the current folder to the root of the repository.",
              "type": ["object", "null"],
              "additionalProperties": false,
              "properties": {
                "extends": {
                  "description": "Configurations whose settings this one begins with, as files relative to the folder of this one, and profiles by name; later ones win, and what this file says wins over all.",
                  "oneOf": [{"$ref": "#/definitions/extended"}, {"type": "array", "items": {"$ref": "#/definitions/extended"}}]
                },
                "include": {
                  "description": "Patterns for the files that are looked at, relative to the folder of this file; all when there is none. Files that are named on the command line are always looked at.",
                  "allOf": [{"$ref": "#/definitions/patterns"}]
                },
                "exclude": {"description": "Patterns for files and folders that are left out, as include.", "allOf": [{"$ref": "#/definitions/patterns"}]},
                "overrides": {
                  "description": "Settings for some files; of several that fit, the later win. A lintel.yaml in a folder does the same for the files below it.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["paths"],
                    "properties": {
                      "paths": {
                        "description": "Patterns for files, relative to the folder of this file.",
                        "oneOf": [{"$ref": "#/definitions/text"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/text"}}]
                      },
                      "profile": {"$ref": "#/properties/profile"},
                      "skip": {"$ref": "#/properties/skip"},
                      "severity": {"$ref": "#/properties/severity"},
                      "parameters": {"$ref": "#/properties/parameters"}
                    }
                  }
                },
                "profile": {
                  "description": "Profiles of built-in policies; recommended when there is none.",
                  "oneOf": [
                    {"$ref": "#/definitions/profile"},
                    {"type": "array", "items": {"$ref": "#/definitions/profile"}}
                  ]
                },
                "kubernetesVersion": {
                  "description": "The Kubernetes release the manifests are for, or a range of them, of which the last counts where one is needed. Write it in quotes: 1.30 without them is the number 1.3 to other tools.",
                  "oneOf": [
                    {"type": "string", "pattern": "^\#(ConfigurationSchema.release)(-\#(ConfigurationSchema.release))?$"},
                    {"$ref": "#/definitions/releaseNumber"}
                  ],
                  "examples": ["1.31", "1.31-1.36"]
                },
                "policies": {
                  "description": "Files and folders with policies of your own, as --policy takes them; relative to the folder of this file.",
                  "type": "array",
                  "items": {"$ref": "#/definitions/text"}
                },
                "schemas": {
                  "description": "Files and folders with CustomResourceDefinitions whose objects are checked; relative to the folder of this file.",
                  "type": "array",
                  "items": {"$ref": "#/definitions/text"}
                },
                "maxFindings": {
                  "description": "The most violations of a policy that are listed for one object, 0 for all; the others are counted. 100 when there is none.",
                  "type": "integer",
                  "minimum": 0,
                  "maximum": 1000000
                },
                "charts": {
                  "description": "Where charts that live in a registry are in this repository: by name, or by repository and name as in https://charts.example.com/web, a folder or a .tgz archive.",
                  "type": "object",
                  "additionalProperties": {"$ref": "#/definitions/text"}
                },
                "values": {
                  "description": "Further values to render charts of this repository with: by the path of the chart, sets with a name, each with a values file or a list of them of which the later win.",
                  "type": "object",
                  "additionalProperties": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {
                      "oneOf": [{"$ref": "#/definitions/text"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/text"}}]
                    }
                  }
                },
                "repositories": {
                  "description": "URLs by which Argo CD and Flux objects name the repository whose root this file is in; without them the remotes that git knows.",
                  "type": "array",
                  "items": {"$ref": "#/definitions/text"}
                },
                "missingSchemas": {
                  "description": "What becomes of objects of kinds that nothing describes; warn when there is none.",
                  "enum": \#(ConfigurationSchema.names(MissingTypes.self))
                },
                "podSecurityVersion": {
                  "description": "The release of the Pod Security Standards.",
                  "oneOf": [
                    {"enum": ["latest"]},
                    {"type": "string", "pattern": "^\#(ConfigurationSchema.release)(-\#(ConfigurationSchema.release))?$"},
                    {"$ref": "#/definitions/releaseNumber"}
                  ],
                  "examples": ["latest", "v1.29"]
                },
                "failOn": {
                  "description": "The severity or level from which violations make the exit code 1; error is medium and worse, warning is low and worse.",
                  "enum": \#(ConfigurationSchema.names(FailThreshold.self))
                },
                "failOnSkip": {
                  "description": "Reasons for which nothing may be skipped: the exit code is 2 then.",
                  "type": "array",
                  "items": {"enum": \#(ConfigurationSchema.list(SkippedDocument.Reason.allCases.map(\.id)))}
                },
                "skip": {
                  "description": "Policies that are not used, by id, name or alias.",
                  "type": "array",
                  "items": {"$ref": "#/definitions/policy"}
                },
                "severity": {
                  "description": "Severities that replace those of the policies.",
                  "type": "object",
                  "additionalProperties": {"$ref": "#/definitions/severity"}\#(policies.severities)
                },
                "parameters": {
                  "description": "Parameters of policies, by id, name or alias; see `lintel policies show`.",
                  "type": "object",
                  "additionalProperties": {"type": "object"}\#(policies.parameters)
                },
                "existing": {
                  "description": "What exists in the cluster without being in the input, so that references to it are not missed; * stands for any characters.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "minProperties": 1,
                    "properties": {"kind": {"type": "string"}, "namespace": {"type": "string"}, "name": {"type": "string"}}
                  }
                },
                "exceptions": {
                  "description": "Violations that are accepted; each entry says where it holds, and * stands for any characters.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["policy", "reason"],
                    "properties": {
                      "policy": {
                        "description": "One policy or several, by id, name or alias; LT-IMG-* stands for all that begin so.",
                        "oneOf": [{"$ref": "#/definitions/policy"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/policy"}}]
                      },
                      "reason": {"$ref": "#/definitions/text"},
                      "owner": {"description": "Who answers for it.", "type": "string", "minLength": 1},
                      "until": {"description": "The last day it holds.", "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "examples": ["2027-01-31"]},
                      "expires": {"description": "The same as until.", "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
                      "path": {"description": "Files, from the folder of this file.", "type": "string", "minLength": 1},
                      "kind": {"type": "string", "minLength": 1},
                      "namespace": {"type": "string", "minLength": 1},
                      "name": {"type": "string", "minLength": 1},
                      "container": {"type": "string", "minLength": 1},
                      "field": {"description": "A field, and all below it, such as spec.template.spec.containers[*].securityContext.", "type": "string", "minLength": 1}
                    }
                  }
                },
                "noExceptions": {
                  "description": "Policies whose violations cannot be accepted, by id, name or alias.",
                  "type": "array",
                  "items": {"$ref": "#/definitions/policy"}
                },
                "inlineExceptions": {"description": "Whether comments and annotations in manifests may accept violations; true when there is none.", "type": "boolean"},
                "foreignExceptions": {"description": "Whether comments and annotations of other tools count too.", "type": "boolean"},
                "workloads": {
                  "description": "Where kinds hold Pod templates, beside those lintel knows: group/Kind and one path or several, such as spec.tasks[*].template.",
                  "type": "object",
                  "additionalProperties": {
                    "oneOf": [{"$ref": "#/definitions/podPath"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/podPath"}}]
                  }
                },
                "admission": {
                  "description": "Settings of lintel serve.",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "onError": {
                      "description": "What happens to requests that a policy cannot judge.",
                      "enum": \#(ConfigurationSchema.names(ErrorMode.self))
                    },
                    "mode": {
                      "description": "How far verdicts go: recorded only, warnings, or refusals.",
                      "enum": \#(ConfigurationSchema.names(AdmissionMode.self))
                    },
                    "modes": {
                      "description": "Other modes of some namespaces; the first selector that fits counts.",
                      "type": "array",
                      "items": {
                        "type": "object",
                        "additionalProperties": false,
                        "required": ["namespaceSelector", "mode"],
                        "properties": {
                          "mode": {"enum": \#(ConfigurationSchema.names(AdmissionMode.self))},
                          "namespaceSelector": {
                            "type": "object",
                            "additionalProperties": false,
                            "properties": {
                              "matchLabels": {"type": "object", "additionalProperties": {"type": "string"}},
                              "matchExpressions": {
                                "type": "array",
                                "items": {"$ref": "#/definitions/requirement"}
                              }
                            }
                          }
                        }
                      }
                    },
                    "updates": {
                      "description": "What updates are refused for: what they add, all violations when more than metadata changes, or all.",
                      "enum": \#(ConfigurationSchema.names(UpdateMode.self))
                    },
                    "annotationExceptions": {
                      "description": "Whether annotations of objects may accept violations: whoever may create an object could then exempt it. False when there is none.",
                      "type": "boolean"
                    },
                    "policies": {
                      "description": "Settings of single policies, by id, name or alias.",
                      "type": "object",
                      "additionalProperties": {"$ref": "#/definitions/admissionPolicy"}\#(policies.settings)
                    }
                  }
                }
              },
              "definitions": {
                "text": {"type": "string", "minLength": 1},
                "patterns": {"oneOf": [{"$ref": "#/definitions/text"}, {"type": "array", "items": {"$ref": "#/definitions/text"}}]},
                "profile": {"enum": \#(ConfigurationSchema.list(PolicySelection.profiles))},
                "extended": {"anyOf": [{"$ref": "#/definitions/profile"}, {"$ref": "#/definitions/text"}]},
                "severity": {"enum": \#(ConfigurationSchema.names(PolicySeverity.self))},
                "policy": \#(policies.name),
                "releaseNumber": {"type": "number", "minimum": 1, "exclusiveMaximum": 10000, "not": {"type": "integer"}},
                "podPath": {"type": "string", "pattern": "^([^.\\[\\]]+(\\[\\*\\])?(\\.[^.\\[\\]]+(\\[\\*\\])?)*)?$"},
                "admissionPolicy": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "enforcement": {
                      "description": "What a violation leads to, instead of what follows from its severity.",
                      "enum": \#(ConfigurationSchema.names(EnforcementAction.self))
                    },
                    "onError": {"enum": \#(ConfigurationSchema.names(ErrorMode.self))},
                    "updates": {"enum": \#(ConfigurationSchema.names(UpdateMode.self))},
                    "fix": {
                      "description": "What the policy's fix does to objects that are created or changed: puts in what nobody set, or changes what is set too; nothing when there is none.",
                      "enum": \#(ConfigurationSchema.names(AdmissionFix.self))
                    }
                  }
                },
                "requirement": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["key", "operator"],
                  "properties": {
                    "key": {"$ref": "#/definitions/text"},
                    "operator": {"enum": \#(ConfigurationSchema.names(NamespaceSelector.Operator.self))},
                    "values": {"type": "array", "items": {"type": "string"}}
                  },
                  "if": {"properties": {"operator": {"enum": \#(ConfigurationSchema.list(NamespaceSelector.Operator.withValues.map(\.rawValue)))}}},
                  "then": {"required": ["values"], "properties": {"values": {"minItems": 1}}},
                  "else": {"properties": {"values": {"maxItems": 0}}}
                }
              }
            }

            """#
        }
    }
}
