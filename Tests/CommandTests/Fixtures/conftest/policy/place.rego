package place

deny contains {"msg": "written elsewhere", "_loc": {"file": "web.yaml.tpl", "line": 12}} if input.kind == "Deployment"
