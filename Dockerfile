# One image, two commands: the web service (the default) and the scheduler (`python -m scheduler`).
FROM python:3.11-slim

ENV MATCHER_VENV=/opt/matcher \
    MATCHER_HOME=/var/lib/matcher \
    PATH=/opt/matcher/bin:$PATH \
    PIP_NO_CACHE_DIR=1 \
    UV_NO_CACHE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /app

# torch first: the largest layer, and the one that changes least. MATCHER_TORCH=gpu takes the build for GPUs.
ARG MATCHER_TORCH=cpu
COPY scripts/environment scripts/
RUN . scripts/environment && make_venv && install_torch

# The packages are still empty here, so that a change of code does not install the dependencies again.
COPY pyproject.toml README.md LICENSE ./
RUN mkdir matcher scheduler && touch matcher/__init__.py scheduler/__init__.py \
    && . scripts/environment && install_matcher '[postgresql]'

COPY matcher matcher
COPY scheduler scheduler
COPY opportunities opportunities
RUN python -m compileall -q matcher scheduler \
    && useradd --system --create-home matcher \
    && install --directory --owner=matcher /var/lib/matcher

USER matcher
VOLUME /var/lib/matcher
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["matcher", "serve", "--host", "0.0.0.0"]
