"""The script that Heliograph replaces, as its users run it: a body becomes a file named by camera and second.

`python3 flask_script.py PORT DIR` runs it in Flask's own development server; gunicorn takes `app` and FOLDER.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
folder = Path(os.environ.get("FOLDER", "."))


@app.route("/upload", methods=["POST"])
def upload():
    camera = request.headers.get("X-Camera", "cam1")
    name = f"{camera}_{datetime.now().strftime('%Y%m%d_%H%M%S')}.jpg"
    (folder / name).write_bytes(request.get_data())
    return "OK", 200


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    app.run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)
