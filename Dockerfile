FROM python:3.13-slim AS build
COPY requirements.lock /tmp/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WEB_WORKERS=2 WEB_THREADS=4
RUN useradd --system --uid 1000 --no-create-home concordance
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY config config
COPY access access
COPY parties parties
COPY proposals proposals
COPY fixtures fixtures
# The settings want values that this step does not use.
RUN SECRET_KEY=unused ALLOWED_HOSTS=unused DATABASE_URL=postgresql://unused/unused python manage.py collectstatic --noinput
USER concordance
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
# manage.py says in plain words what is missing, before any worker starts.
CMD ["sh", "-c", "python manage.py migrate --noinput && python manage.py createcachetable && exec gunicorn config.wsgi --config python:config.gunicorn --bind 0.0.0.0:8000"]
